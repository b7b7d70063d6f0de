import { type FeeType, type IpType, compactNumber } from '@app/kernel';
import { ReadModels, RecordRow, decodeCursor, encodeCursor, pageRule } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { OfferedInstalment, RoyaltyBase } from './fee-standard.js';
import type { OfferFilterDto, OfferPageDto, OfferSort } from './open-offer.dto.js';
import { OpenOffer, ShutTerm } from './open-offer.entity.js';

/** A patent anyone may license, as the public list shows it. Money in fen as text, dates plain. */
export interface PublicOffer {
  readonly declarationId: string;
  readonly number: string;
  readonly patentNumber: string;
  readonly title: string;
  readonly ipType: IpType;
  readonly universityId: string;
  /** Whom to write to: the university that declared, by name. */
  readonly university: string;
  /** First day of the open licence. */
  readonly from: string;
  /** Last day on which it can be taken. */
  readonly to: string;
  /** Last day of the licences offered. */
  readonly licensedTo: string;
  readonly standardVersion: number;
  readonly standardFrom: string;
  readonly feeType: FeeType;
  readonly feeFen: string | null;
  readonly royaltyPermyriad: number | null;
  readonly royaltyBase: RoyaltyBase | null;
  readonly instalments: readonly OfferedInstalment[];
}

export interface PublicOfferPage {
  readonly asOf: string;
  readonly items: readonly PublicOffer[];
  /** Cursor of the next page, null on the last. */
  readonly next: string | null;
  readonly total: number;
}

export class ListOpenOffers extends Query<PublicOfferPage> {
  constructor(
    readonly page: OfferPageDto,
    readonly today: string,
  ) {
    super();
  }
}

export class ExportOpenOffers extends Query<readonly PublicOffer[]> {
  constructor(
    readonly filter: OfferFilterDto,
    readonly today: string,
  ) {
    super();
  }
}

const PAGE = 50;
/** More than all patents of all universities that were ever declared open; a public route answers within bounds. */
const EXPORT_LIMIT = 20_000;

@QueryHandler(ListOpenOffers)
export class ListOpenOffersHandler implements IQueryHandler<ListOpenOffers> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ page, today }: ListOpenOffers): Promise<PublicOfferPage> {
    const { limit = PAGE, asOf = today, sort } = page;
    return this.readModels.read(async (manager) => {
      const total = await openOn(manager, asOf, page).getCount();
      const query = from(sorted(openOn(manager, asOf, page), sort), page);
      const rows = await query.limit(limit + 1).getMany();
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const next = rows.length > limit && last ? encodeCursor({ value: cursorValue(last, sort), key: last.key }) : null;
      return { asOf, items: await named(manager, shown), next, total };
    });
  }
}

@QueryHandler(ExportOpenOffers)
export class ExportOpenOffersHandler implements IQueryHandler<ExportOpenOffers> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ filter, today }: ExportOpenOffers): Promise<readonly PublicOffer[]> {
    const { asOf = today, sort } = filter;
    return this.readModels.read(async (manager) =>
      named(
        manager,
        await sorted(openOn(manager, asOf, filter), sort)
          .limit(EXPORT_LIMIT)
          .getMany(),
      ),
    );
  }
}

/** The days on which the patent is at an end, or with somebody else than the university that declared. */
const shutTerms = (offers: SelectQueryBuilder<OpenOffer>): string =>
  offers
    .subQuery()
    .select('1')
    .from(ShutTerm, 'shut')
    .where('shut.assetId = offer.assetId AND shut.shutFrom <= :asOf AND shut.shutTo >= :asOf')
    .andWhere('(shut.owner IS NULL OR shut.owner <> offer.universityId)')
    .getQuery();

/** Announced and not ended on a day, of a patent its university still has on that day. */
const openOn = (manager: EntityManager, asOf: string, filter: OfferFilterDto): SelectQueryBuilder<OpenOffer> => {
  const query = manager
    .createQueryBuilder(OpenOffer, 'offer')
    .where('offer.openFrom <= :asOf AND offer.openTo >= :asOf', { asOf })
    .andWhere((offers) => `NOT EXISTS ${shutTerms(offers)}`);
  for (const column of ['universityId', 'ipType', 'feeType'] as const) {
    const value = filter[column];
    if (value !== undefined) query.andWhere(`offer.${column} = :${column}`, { [column]: value });
  }
  if (filter.q !== undefined) {
    const q = `%${searched(filter.q).replace(/[\\%_]/g, '\\$&')}%`;
    query.andWhere("offer.search LIKE :q ESCAPE '\\'", { q });
  }
  return query;
};

/** Patent numbers are stored without prefix and dot, and found however they are written. */
const searched = (text: string): string => {
  const [, body, check = ''] = /^(?:ZL|CN)?(\d{8,12})\.?([\dX]?)$/.exec(compactNumber(text)) ?? [];
  return body === undefined ? text.trim().toLowerCase() : `${body}${check}`.toLowerCase();
};

/** Without a fee an offer sorts as if it were nil. */
const SORT_VALUES = {
  from: 'offer.openFrom',
  to: 'offer.openTo',
  number: 'offer.number',
  fee: 'COALESCE(offer.feeFen, 0)',
} as const;

const sortOf = (sort: OfferSort = '-from') => {
  const field = sort.replace('-', '') as keyof typeof SORT_VALUES;
  return { field, value: SORT_VALUES[field], descending: sort.startsWith('-') };
};

/** Every order ends in the key, so that pages neither repeat nor miss a row. */
const sorted = (query: SelectQueryBuilder<OpenOffer>, sort: OfferSort | undefined): SelectQueryBuilder<OpenOffer> => {
  const { value, descending } = sortOf(sort);
  return query.orderBy(value, descending ? 'DESC' : 'ASC').addOrderBy('offer.key', 'ASC');
};

/** The rows after a cursor. @throws Refusal V-PAGE, also for a cursor of another order */
const from = (query: SelectQueryBuilder<OpenOffer>, { sort, cursor }: OfferPageDto): SelectQueryBuilder<OpenOffer> => {
  if (cursor === undefined) return query;
  const { field, value, descending } = sortOf(sort);
  const { value: tagged, key } = decodeCursor(cursor);
  const prefix = `${field}:`;
  const at = tagged.slice(prefix.length);
  if (!tagged.startsWith(prefix) || (field === 'fee' && !/^\d{1,16}$/.test(at))) {
    throw pageRule('V-PAGE', {}, { field: 'cursor' });
  }
  return query.andWhere(`(${value} ${descending ? '<' : '>'} :at OR (${value} = :at AND offer.key > :key))`, {
    at: field === 'fee' ? Number(at) : at,
    key,
  });
};

const cursorValue = (offer: OpenOffer, sort: OfferSort | undefined): string => {
  const { field } = sortOf(sort);
  const { openFrom, openTo, number, feeFen } = offer;
  return `${field}:${{ from: openFrom ?? '', to: openTo, number, fee: String(feeFen ?? 0n) }[field]}`;
};

const named = async (manager: EntityManager, offers: readonly OpenOffer[]): Promise<PublicOffer[]> => {
  const universities = await manager.find(RecordRow, { where: { kind: 'university' } });
  const names = new Map(universities.map(({ universityId, title }) => [universityId, title]));
  return offers.map((offer) => ({
    declarationId: offer.declarationId,
    number: offer.number,
    patentNumber: offer.patentNumber,
    title: offer.title,
    ipType: offer.ipType,
    universityId: offer.universityId,
    university: names.get(offer.universityId) ?? offer.universityId,
    from: offer.announcedOn ?? '',
    to: offer.openTo,
    licensedTo: offer.licensedTo,
    standardVersion: offer.version,
    standardFrom: offer.openFrom ?? '',
    feeType: offer.feeType,
    feeFen: offer.feeFen === null ? null : offer.feeFen.toString(),
    royaltyPermyriad: offer.royaltyPermyriad,
    royaltyBase: offer.royaltyBase,
    instalments: offer.instalments,
  }));
};
