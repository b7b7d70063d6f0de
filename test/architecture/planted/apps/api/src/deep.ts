// breaks: libs-through-their-index
import { fen } from '../../../libs/kernel/src/money.js';

export const budgetFen = fen(10_000_000n);
