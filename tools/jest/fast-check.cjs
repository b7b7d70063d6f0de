// Property tests draw from one seed, so that a run can be had again: FC_SEED=<number> tries another, FC_SEED=random a new one each time.
const fc = require('../../node_modules/fast-check');

const { FC_SEED = '20220901' } = process.env;
if (FC_SEED !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(FC_SEED) });

module.exports = fc;
