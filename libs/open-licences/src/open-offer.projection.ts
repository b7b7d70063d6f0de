import type { RecordedEvent } from '@app/event-store';
import { addDays } from '@app/kernel';
import type { Projection, Rows } from '@app/read-model';
import type { FeeTerms } from './fee-standard.js';
import { openLicenceStream } from './open-licence.js';
import type { OpenLicenceEvent, OpenLicenceTerms } from './open-licence-events.js';
import { ABSENCE_EVENTS, type TitleEvent, absences } from './patent-absence.js';
import { OfferPatent, OpenOffer, ShutTerm } from './open-offer.entity.js';

type OfferEvent = Extract<
  OpenLicenceEvent,
  {
    readonly type:
      | 'OpenLicenceDeclared'
      | 'OpenLicenceAnnounced'
      | 'FeeStandardChanged'
      | 'OpenLicenceWithdrawn'
      | 'OpenLicenceTerminated';
  }
>;

/** The row without its class. */
type Offer = Pick<OpenOffer, keyof OpenOffer>;

const feeOf = ({ feeType, feeFen, royaltyPermyriad, royaltyBase, instalments }: FeeTerms) => ({
  feeType,
  feeFen: feeFen === undefined ? null : BigInt(feeFen),
  royaltyPermyriad: royaltyPermyriad ?? null,
  royaltyBase: royaltyBase ?? null,
  instalments: instalments ?? [],
});

const declared = (declarationId: string, terms: OpenLicenceTerms): Offer => {
  const { universityId, number, assetId, assetNumber: patentNumber, title = patentNumber, ipType, endsOn } = terms;
  return {
    key: `${declarationId}:1`,
    declarationId,
    version: 1,
    assetId,
    universityId,
    number,
    patentNumber,
    title,
    ipType,
    openFrom: null,
    openTo: endsOn,
    announcedOn: null,
    licensedTo: endsOn,
    ...feeOf(terms),
    search: `${number} ${patentNumber} ${title}`.toLowerCase(),
  };
};

/** The offers of one declaration after an event, in the order of their versions. */
const evolve = (offers: readonly Offer[], id: string, event: OfferEvent): readonly Offer[] => {
  switch (event.type) {
    case 'OpenLicenceDeclared':
      return [declared(id, event.data)];
    case 'OpenLicenceAnnounced': {
      const { announcedOn } = event.data;
      return offers.map((offer) => ({ ...offer, openFrom: announcedOn, announcedOn }));
    }
    case 'FeeStandardChanged': {
      const { version, announcedOn: openFrom, ...standard } = event.data;
      const last = offers.at(-1);
      if (!last) return [];
      const next = { ...last, key: `${id}:${version}`, version, openFrom, ...feeOf(standard) };
      return [...offers.slice(0, -1), { ...last, openTo: addDays(openFrom, -1) }, next];
    }
    case 'OpenLicenceWithdrawn':
      return closed(offers, event.data.withdrawnOn);
    case 'OpenLicenceTerminated':
      return closed(offers, event.data.endedOn);
  }
};

/** `on` is the first day that is closed. */
const closed = (offers: readonly Offer[], on: string): readonly Offer[] =>
  offers.map((offer) => (offer.openTo < on ? offer : { ...offer, openTo: addDays(on, -1) }));

const OFFER_EVENTS = [
  'OpenLicenceDeclared',
  'OpenLicenceAnnounced',
  'FeeStandardChanged',
  'OpenLicenceWithdrawn',
  'OpenLicenceTerminated',
] satisfies ReadonlyArray<OfferEvent['type']>;

const idOf = ({ stream }: RecordedEvent): string => stream.slice(openLicenceStream('').length);
const assetOf = ({ stream }: RecordedEvent): string => stream.slice('asset-'.length);

const groupBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

const projectOffers = async (events: readonly RecordedEvent[], rows: Rows): Promise<void> => {
  const known = groupBy(await rows.load(OpenOffer, events.map(idOf), 'declarationId'), (offer) => offer.declarationId);
  for (const [id, told] of groupBy(events, idOf)) {
    const before: readonly Offer[] = (known.get(id) ?? []).toSorted((a, b) => a.version - b.version);
    const after = told.reduce((offers, event) => evolve(offers, id, event as unknown as OfferEvent), before);
    await rows.upsert(OpenOffer, [...after]);
  }
};

/** The days a title is shut follow anew from all that was told of it: a voided entry opens them again. */
const projectPatents = async (events: readonly RecordedEvent[], rows: Rows): Promise<void> => {
  const ids = events.map(assetOf);
  const patents = groupBy(await rows.load(OfferPatent, ids), ({ assetId }) => assetId);
  const shut = groupBy(await rows.load(ShutTerm, ids, 'assetId'), ({ assetId }) => assetId);
  for (const [assetId, told] of groupBy(events, assetOf)) {
    const before = patents.get(assetId)?.[0]?.events ?? [];
    const log = told.map(({ type, data, revision }) => ({ type, data, revision }) as unknown as TitleEvent);
    const all = [...before, ...log];
    const terms = absences(all).map(({ from: shutFrom, to: shutTo, owner = null }) => ({
      key: `${assetId}:${shutFrom}`,
      assetId,
      shutFrom,
      shutTo,
      owner,
    }));
    const gone = (shut.get(assetId) ?? []).map(({ key }) => key);
    await rows.upsert(OfferPatent, [{ assetId, events: all }]);
    await rows.remove(ShutTerm, gone);
    await rows.upsert(ShutTerm, terms);
  }
};

const isOffer = ({ type }: RecordedEvent): boolean => (OFFER_EVENTS as readonly string[]).includes(type);

export const openOffers: Projection = {
  name: 'open-offers',
  version: 2,
  entities: [OpenOffer, OfferPatent, ShutTerm],
  handles: [...OFFER_EVENTS, ...ABSENCE_EVENTS],
  project: async (events, rows) => {
    await projectOffers(events.filter(isOffer), rows);
    await projectPatents(
      events.filter((event) => !isOffer(event)),
      rows,
    );
  },
};
