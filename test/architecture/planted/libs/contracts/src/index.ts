export { type Contract } from './contract.js';
