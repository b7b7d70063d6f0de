import { createHash, randomUUID } from 'node:crypto';
import { patentNumberWithCheck } from '../../dist/libs/kernel/src/index.js';

/** A log as the product writes it: assets, licences lodged and recorded, transfers registered. Deterministic but for event ids. */
export const history = function* (count) {
  const universities = Array.from({ length: 57 }, (_, index) => `u${index}`);
  let made = 0;
  const event = (stream, type, data) => {
    made += 1;
    const hash = createHash('sha256').update(`${made}`).digest('hex');
    const recordedAt = new Date(1_600_000_000_000 + made * 1000).toISOString();
    const metadata = {
      actor: { id: 'bench', role: 'DATA_CLERK', organisation: 'bureau' },
      commandId: hash,
      inputHash: hash,
      correlationId: hash,
      source: 'bench',
    };
    return { stream, event: { id: randomUUID(), type, version: 1, recordedAt, data, metadata } };
  };
  for (const code of universities) {
    const data = {
      universityId: code,
      code,
      name: `示例大学${code}`,
      ownership: 'PROVINCIAL',
      level: 'UNDERGRADUATE',
      authority: '示例',
    };
    yield event(`university-${code}`, 'UniversityRegistered', data);
    yield event(`university-${code}`, 'PanelMembershipSet', { inPanel: true, from: '2020-01-01', universityId: code });
  }
  for (let serial = 1; made < count; serial += 1) {
    const universityId = universities[(serial * 7) % 57];
    const year = 2020 + (serial % 6);
    const id = createHash('sha256').update(`asset${serial}`).digest('hex').slice(0, 20);
    const number = patentNumberWithCheck(`${year - 3}1${String(serial % 10_000_000).padStart(7, '0')}`);
    const asset = {
      universityId,
      ipType: 'INVENTION',
      number,
      title: `示例发明 ${serial}`,
      filedOn: `${year - 3}-03-01`,
      grantedOn: `${year - 1}-06-01`,
    };
    yield event(`asset-${id}`, 'AssetRegistered', asset);
    const terms = {
      universityId,
      number: `B-${serial}`,
      assets: [{ assetId: id, ipType: 'INVENTION', number }],
      counterparty: `示例公司${serial % 5000}`,
      signedOn: `${year}-03-01`,
      effectiveOn: `${year}-03-01`,
      feeType: 'LUMP_SUM',
      feeFen: String(serial * 100),
      pricingMethod: 'NEGOTIATED',
      inChangsha: { rule: 'in-changsha/1', value: serial % 3 === 0 },
    };
    const licence = serial % 3 !== 0;
    const contract = `contract-${id}`;
    const right = licence
      ? { kind: 'LICENCE', licence: 'ORDINARY', from: terms.effectiveOn }
      : { kind: 'TITLE', on: terms.effectiveOn };
    yield event(contract, 'LodgementRequested', { ...terms, mode: licence ? 'LICENCE' : 'TRANSFER' });
    yield event(`asset-${id}`, 'AssetReserved', { contractId: id, universityId, right });
    yield event(contract, 'ContractLodged', { assets: [id] });
    yield event(`asset-${id}`, 'ReservationConfirmed', { contractId: id });
    yield event(contract, 'ContractSettled', { revision: 1 });
    if (licence)
      yield event(contract, 'LicenceRecorded', { recordNo: `X${year}${serial}`, recordedOn: `${year}-04-01` });
    else yield event(contract, 'TransferRegistered', { registeredOn: `${year}-04-01` });
  }
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
