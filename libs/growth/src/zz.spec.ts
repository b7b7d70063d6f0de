import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Generation, RowStore } from '@app/read-model';
import type { RecordedEvent } from '@app/event-store';
import { conversionFacts } from './conversion-fact.projection.js';
it('perf', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'perf-'));
  const g = await Generation.open(folder, '000000000000-1', [conversionFacts]);
  const N = 60000,
    U = 58;
  const events: RecordedEvent[] = [];
  const push = (stream: string, type: string, data: any) =>
    events.push({
      id: '',
      type,
      version: 1,
      stream,
      revision: 0,
      position: (events.length + 1).toString(16).padStart(32, '0'),
      recordedAt: '',
      data,
      metadata: {} as never,
    });
  for (let u = 0; u < U; u++) push(`university-u${u}`, 'PanelMembershipSet', { inPanel: true, from: '2019-01-01' });
  for (let i = 0; i < N; i++) {
    const u = (i * 7919) % U,
      y = 2019 + ((i * 31) % 7),
      mode = i % 3 ? 'LICENCE' : 'TRANSFER';
    const id = i.toString(16).padStart(20, '0');
    push(`contract-${id}`, 'LodgementRequested', {
      universityId: `u${u}`,
      number: `N${i}`,
      mode,
      assets: [{ assetId: `a${i}`.padEnd(20, '0'), ipType: 'INVENTION', number: `2019${i}` }],
      counterparty: 'x',
      signedOn: `${y}-01-01`,
      effectiveOn: `${y}-02-01`,
      feeType: 'FREE',
      pricingMethod: 'NEGOTIATED',
      inChangsha: { rule: 'in-changsha/1', value: true },
    });
    push(`contract-${id}`, 'ContractLodged', { assets: [] });
    push(`contract-${id}`, mode === 'LICENCE' ? 'LicenceRecorded' : 'TransferRegistered', {
      recordNo: 'x',
      recordedOn: `${y}-03-01`,
      registeredOn: `${y}-03-01`,
    });
  }
  for (const part of [events.slice(0, events.length / 4), events.slice(events.length / 4)]) {
    const t = process.hrtime.bigint();
    for (let i = 0; i < part.length; i += 800) {
      const batch = part.slice(i, i + 800);
      await g.writer.transaction((m) => conversionFacts.project(batch, new RowStore(m)));
    }
    const ms = Number(process.hrtime.bigint() - t) / 1e6;
    console.log(part.length, 'events', ms.toFixed(0), 'ms', ((part.length / ms) * 1000).toFixed(0), 'ev/s');
  }
  await g.close();
  rmSync(folder, { recursive: true });
}, 120000);
