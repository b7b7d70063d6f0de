import type { RecordedEvent } from '@app/event-store';
import { addDays } from '@app/kernel';
import type { Projection } from '@app/read-model';
import type { FeeTerms } from './fee-standard.js';
import { openLicenceStream } from './open-licence.js';
import type { OpenLicenceEvent, OpenLicenceTerms } from './open-licence-events.js';
import { OpenOffer } from './open-offer.entity.js';

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
  const { universityId, number, assetNumber: patentNumber, title = patentNumber, ipType, endsOn } = terms;
  return {
    key: `${declarationId}:1`,
    declarationId,
    version: 1,
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

const idOf = ({ stream }: RecordedEvent): string => stream.slice(openLicenceStream('').length);

export const openOffers: Projection = {
  name: 'open-offers',
  version: 1,
  entities: [OpenOffer],
  handles: [
    'OpenLicenceDeclared',
    'OpenLicenceAnnounced',
    'FeeStandardChanged',
    'OpenLicenceWithdrawn',
    'OpenLicenceTerminated',
  ] satisfies ReadonlyArray<OfferEvent['type']>,
  project: async (events, rows) => {
    const offers = new Map<string, readonly Offer[]>();
    for (const offer of await rows.load(OpenOffer, events.map(idOf), 'declarationId')) {
      offers.set(offer.declarationId, [...(offers.get(offer.declarationId) ?? []), offer]);
    }
    for (const [id, known] of offers) {
      offers.set(
        id,
        known.toSorted((a, b) => a.version - b.version),
      );
    }
    for (const event of events) {
      const id = idOf(event);
      offers.set(id, evolve(offers.get(id) ?? [], id, event as unknown as OfferEvent));
    }
    await rows.upsert(OpenOffer, [...offers.values()].flat());
  },
};
