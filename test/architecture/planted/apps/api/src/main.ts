// breaks: nothing (an app takes libs through their index)
import { fen } from '@app/kernel';

export const budgetFen = fen(10_000_000n);
