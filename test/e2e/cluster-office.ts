import { patentNumberWithCheck } from '@app/kernel';
import type { Acknowledged, ClusterClient } from './cluster-client.js';

/** Patents in each licence: whole figures are multiples of it. */
export const PACKAGE = 2;
/** All licences are recorded in it. */
export const YEAR = 2021;

interface AssetPage {
  readonly detail: { readonly contracts: readonly string[] };
}
interface ContractPage {
  readonly status: string;
}

/** Registers two patents, lodges a licence over both and records it, and finds each of these on all APIs at once. */
export const licenceOnce = async (client: ClusterClient, serial: number): Promise<void> => {
  const numbers = Array.from({ length: PACKAGE }, (_, index) => patentOf(serial * PACKAGE + index));
  const assets: Acknowledged[] = [];
  for (const number of numbers) assets.push(await client.command('/api/v1/assets', `asset-${number}`, patent(number)));
  for (const asset of assets) await client.seenEverywhere<AssetPage>(`/api/v1/records/asset/${asset.id}`, asset);

  const lodged = await lodge(client, serial, numbers);
  expectStatus(client, 'LODGED', await client.seenEverywhere(`/api/v1/records/contract/${lodged.id}`, lodged));

  const entry = { recordNo: `示例-${serial}`, recordedOn: `${YEAR}-02-15` };
  const recorded = await client.command(`/api/v1/contracts/${lodged.id}/recording`, `record-${serial}`, entry);
  expectStatus(client, 'RECORDED', await client.seenEverywhere(`/api/v1/records/contract/${lodged.id}`, recorded));
  const path = `/api/v1/records/asset/${assets[0]?.id}`;
  for (const { detail } of await client.seenEverywhere<AssetPage>(path, recorded)) {
    if (!detail.contracts.includes(lodged.id)) client.tally.fault(`${path} does not show contract ${lodged.id}`);
  }
};

const expectStatus = ({ tally }: ClusterClient, status: string, pages: readonly ContractPage[]): void => {
  for (const page of pages) if (page.status !== status) tally.fault(`a contract is ${page.status} and not ${status}`);
};

const lodge = (client: ClusterClient, serial: number, numbers: readonly string[]): Promise<Acknowledged> =>
  client.command('/api/v1/contracts', `contract-${serial}`, licence(serial, numbers));

export const patentOf = (serial: number): string => patentNumberWithCheck(`20181${String(serial).padStart(7, '0')}`);

export const patent = (number: string) => ({
  universityId: 'hnu',
  ipType: 'INVENTION',
  number,
  title: '示例专利',
  filedOn: '2018-05-01',
  grantedOn: '2020-05-01',
});

export const licence = (serial: number, assets: readonly string[]) => ({
  universityId: 'hnu',
  number: `示例-${serial}`,
  mode: 'LICENCE',
  licenceKind: 'ORDINARY',
  assets,
  counterparty: '示例公司',
  signedOn: '2020-12-01',
  effectiveOn: `${YEAR}-01-01`,
  endsOn: '2030-12-31',
  feeType: 'LUMP_SUM',
  feeFen: '1000000',
  pricingMethod: 'NEGOTIATED',
});
