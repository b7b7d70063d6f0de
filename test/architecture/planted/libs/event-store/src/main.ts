// breaks: libs-not-to-apps
import { budgetFen } from '../../../apps/api/src/main.js';

export const budget = budgetFen;
