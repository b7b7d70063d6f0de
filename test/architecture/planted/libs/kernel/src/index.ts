export { fen } from './money.js';
