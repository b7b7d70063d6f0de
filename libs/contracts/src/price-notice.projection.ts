import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import { type PriceNoticeEvent, priceNoticeStream } from './price-notice.js';

export const priceNoticeEvents: EventCatalogue<PriceNoticeEvent> = defineEvents<PriceNoticeEvent>({
  PriceNoticePublished: { version: 1, zh: '定价公示', en: 'Price published' },
  PriceObjectionRaised: { version: 1, zh: '公示异议', en: 'Objection raised' },
  PriceObjectionResolved: { version: 1, zh: '异议处理', en: 'Objection resolved' },
  PriceNoticeWithdrawn: { version: 1, zh: '公示撤回', en: 'Price notice withdrawn' },
});

const published = ({
  universityId,
  number,
  title,
  assets,
  proposedFen,
  ...detail
}: Extract<PriceNoticeEvent, { type: 'PriceNoticePublished' }>['data']): RecordSummary => ({
  number,
  title,
  universityId,
  status: 'PUBLISHED',
  date: detail.startsOn,
  ipType: assets[0]?.ipType ?? null,
  amountFen: BigInt(proposedFen),
  detail: {
    ...detail,
    assets: assets.map((asset) => asset.number),
    assetIds: assets.map(({ assetId }) => assetId),
    openObjections: [],
    upheldObjections: [],
  },
});

const namesIn = (row: RecordSummary, field: string): readonly string[] =>
  (row.detail[field] as string[] | undefined) ?? [];

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as PriceNoticeEvent;
  if (event.type === 'PriceNoticePublished') return published(event.data);
  if (!row) return undefined;
  const open = namesIn(row, 'openObjections');
  switch (event.type) {
    case 'PriceObjectionRaised':
      return { ...row, status: 'OBJECTED', detail: { ...row.detail, openObjections: [...open, event.data.number] } };
    case 'PriceObjectionResolved':
      return resolved(row, event.data);
    case 'PriceNoticeWithdrawn': {
      const { withdrawnOn, reason: withdrawalReason } = event.data;
      return { ...row, status: 'WITHDRAWN', detail: { ...row.detail, withdrawnOn, withdrawalReason } };
    }
  }
};

const resolved = (
  row: RecordSummary,
  { number, outcome }: Extract<PriceNoticeEvent, { type: 'PriceObjectionResolved' }>['data'],
): RecordSummary => {
  const openObjections = namesIn(row, 'openObjections').filter((name) => name !== number);
  const upheld = namesIn(row, 'upheldObjections');
  const upheldObjections = outcome === 'UPHELD' ? [...upheld, number] : upheld;
  const status = upheldObjections.length + openObjections.length > 0 ? 'OBJECTED' : 'PUBLISHED';
  const detail = { ...row.detail, openObjections, upheldObjections };
  return { ...row, status: row.status === 'WITHDRAWN' ? row.status : status, detail };
};

export const priceNoticeRecords = recordProjection({
  kind: 'price-notice',
  version: 1,
  streamPrefix: priceNoticeStream(''),
  handles: Object.keys(priceNoticeEvents),
  evolve,
});
