export { openTestLedger, testActors, testCommand, type TestLedger } from './test-ledger.js';
