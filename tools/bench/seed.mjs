import { createHash, randomUUID } from 'node:crypto';
import { allocate } from '../../dist/libs/fund/src/allocation.js';
import { patentNumberWithCheck } from '../../dist/libs/kernel/src/index.js';

const UNIVERSITIES = Array.from({ length: 57 }, (_, index) => `u${index}`);
const metadataOf = (hash) => ({
  actor: { id: 'bench', role: 'DATA_CLERK', organisation: 'bureau' },
  commandId: hash,
  inputHash: hash,
  correlationId: hash,
  source: 'bench',
});

/** A log as the product writes it: assets, licences lodged and recorded, transfers registered. Deterministic but for event ids. */
export const history = function* (count) {
  let made = 0;
  const event = (stream, type, data) => {
    made += 1;
    const metadata = metadataOf(createHash('sha256').update(`${made}`).digest('hex'));
    const recordedAt = new Date(1_600_000_000_000 + made * 1000).toISOString();
    return { stream, event: { id: randomUUID(), type, version: 1, recordedAt, data, metadata } };
  };
  for (const code of UNIVERSITIES) yield* university(event, code);
  yield* fundYear(event, 2023);
  for (let serial = 1; made < count; serial += 1) yield* conversion(event, serial);
};

const university = function* (event, code) {
  const data = { code, name: `示例大学${code}`, ownership: 'PROVINCIAL', level: 'UNDERGRADUATE', authority: '示例' };
  yield event(`university-${code}`, 'UniversityRegistered', { universityId: code, ...data });
  yield event(`university-${code}`, 'PanelMembershipSet', { inPanel: true, from: '2020-01-01', universityId: code });
};

/** One asset, and its licence or its sale: eight events. */
const conversion = function* (event, serial) {
  const universityId = UNIVERSITIES[(serial * 7) % 57];
  const year = 2020 + (serial % 6);
  const id = createHash('sha256').update(`asset${serial}`).digest('hex').slice(0, 20);
  const number = patentNumberWithCheck(`${year - 3}1${String(serial % 10_000_000).padStart(7, '0')}`);
  const dates = { filedOn: `${year - 3}-03-01`, grantedOn: `${year - 1}-06-01` };
  const isLicence = serial % 3 !== 0;
  const terms = {
    universityId,
    number: `B-${serial}`,
    mode: isLicence ? 'LICENCE' : 'TRANSFER',
    assets: [{ assetId: id, ipType: 'INVENTION', number }],
    counterparty: `示例公司${serial % 5000}`,
    signedOn: `${year}-03-01`,
    effectiveOn: `${year}-03-01`,
    feeType: 'LUMP_SUM',
    feeFen: String(serial * 100),
    pricingMethod: 'NEGOTIATED',
    inChangsha: { rule: 'in-changsha/1', value: serial % 3 === 0 },
  };
  const right = isLicence
    ? { kind: 'LICENCE', licence: 'ORDINARY', from: terms.effectiveOn }
    : { kind: 'TITLE', on: terms.effectiveOn };
  const [asset, contract] = [`asset-${id}`, `contract-${id}`];
  yield event(asset, 'AssetRegistered', {
    universityId,
    ipType: 'INVENTION',
    number,
    title: `示例发明 ${serial}`,
    ...dates,
  });
  yield event(contract, 'LodgementRequested', terms);
  yield event(asset, 'AssetReserved', { contractId: id, universityId, right });
  yield event(contract, 'ContractLodged', { assets: [id] });
  yield event(asset, 'ReservationConfirmed', { contractId: id });
  yield event(contract, 'ContractSettled', { revision: 1 });
  if (isLicence)
    yield event(contract, 'LicenceRecorded', { recordNo: `X${year}${serial}`, recordedOn: `${year}-04-01` });
  else yield event(contract, 'TransferRegistered', { registeredOn: `${year}-04-01` });
};

const CATEGORY = 'HIGH_VALUE_PORTFOLIO';

/** A fund year with forty claims that share a ceiling. */
const fundYear = (event, year) => {
  const budgetFen = '1000000000';
  const standard = {
    number: 'S-1',
    category: CATEGORY,
    title: '示例',
    unit: '项',
    amountFen: '5500000',
    objectKind: 'portfolio',
    legalBasis: '示例',
  };
  const claims = Array.from({ length: 40 }, (_, index) => ({
    claimId: `claim${index}`,
    number: `C-${index}`,
    universityId: `u${index}`,
    category: CATEGORY,
    standardNumber: 'S-1',
    objectKind: 'portfolio',
    objectId: `p${index}`,
    objectNumber: `P-${index}`,
    units: (index % 7) + 1,
    claimedOn: `${year}-08-01`,
    performanceTarget: '示例',
    submittedBy: 'bench',
  }));
  const category = { category: CATEGORY, method: 'PRO_RATA', ceilingFen: '420000000' };
  const decided = allocate({
    budgetFen: BigInt(budgetFen),
    categories: [{ ...category, ceilingFen: 420_000_000n }],
    standards: [{ ...standard, amountFen: 5_500_000n }],
    claims,
  });
  const asText = (_key, value) => (typeof value === 'bigint' ? value.toString() : value);
  const allocation = {
    year,
    allocatedOn: `${year}-12-01`,
    rules: 'fund-allocation/1',
    ...JSON.parse(JSON.stringify(decided, asText)),
  };
  const stream = `fund-year-${year}`;
  return [
    event(stream, 'FundYearOpened', {
      year,
      budgetFen,
      legalBasis: '示例',
      document: '示例',
      openedOn: `${year}-01-10`,
    }),
    event(stream, 'FundCategorySet', { year, ...category }),
    event(stream, 'FundStandardSet', { year, ...standard }),
    ...claims.map((claim) => event(stream, 'FundClaimSubmitted', { year, ...claim })),
    event(stream, 'FundAllocated', allocation),
  ];
};

/** Fills a store in large appends, one stream's events together per batch. */
export const fill = async (store, count) => {
  const revisions = new Map();
  let pending = [];
  for (const { stream, event } of history(count)) {
    const revision = revisions.get(stream) ?? -1;
    pending.push(store.append(stream, [event], revision === -1 ? 'none' : revision));
    revisions.set(stream, revision + 1);
    if (pending.length >= 5_000) {
      await Promise.all(pending);
      pending = [];
    }
  }
  await Promise.all(pending);
};
