import { specFor } from '@app/testing';
import type { OpeningCommand, OpeningEvent, RegistryCommand, RegistryEvent } from './registry-events.js';
import { claimValue, numberOf, registryDecider } from './registry-object.js';

const given = specFor(registryDecider);
const universityId = 'hnu';
const FUTURE = '2030-01-01';

const office = {
  universityId,
  name: '示例转化中心',
  legalForm: 'AFFILIATED',
  documentNo: '示例〔2021〕1号',
  establishedOn: '2021-05-10',
} as const;
const certificate = {
  universityId,
  certNo: '示例-1',
  standard: 'GB/T 33251-2016',
  body: '示例机构',
  validFrom: '2022-03-01',
  validTo: '2025-02-28',
} as const;
const portfolio = {
  universityId,
  number: '示例-ZH-1',
  title: '示例组合',
  startedOn: '2022-03-01',
  assets: [{ assetId: 'a1', number: '201910699568X' }],
} as const;
const designation = {
  universityId,
  designation: 'PILOT',
  documentNo: '示例〔2022〕1号',
  designatedOn: '2022-10-20',
  authority: '示例机关',
} as const;
const commendation = {
  universityId,
  award: '示例奖',
  year: 2022,
  documentNo: '示例〔2023〕2号',
  grantedOn: '2023-04-26',
} as const;
const platform = { universityId, name: '示例平台', launchedOn: '2022-09-01', documentNo: '示例〔2022〕3号' } as const;

const issue = (changes: object = {}): OpeningCommand => ({
  type: 'IssueIpCertificate',
  data: { ...certificate, ...changes },
});

interface Opening {
  readonly command: OpeningCommand;
  readonly event: OpeningEvent;
  /** The date that may not lie in the future. */
  readonly date: string;
  readonly number: string;
}

const openings: readonly Opening[] = [
  {
    command: { type: 'EstablishDedicatedOffice', data: office },
    event: { type: 'DedicatedOfficeEstablished', data: office },
    date: 'establishedOn',
    number: '示例转化中心',
  },
  { command: issue(), event: { type: 'IpCertificateIssued', data: certificate }, date: 'validFrom', number: '示例-1' },
  {
    command: { type: 'StartHighValuePortfolio', data: portfolio },
    event: { type: 'HighValuePortfolioStarted', data: portfolio },
    date: 'startedOn',
    number: '示例-ZH-1',
  },
  {
    command: { type: 'GrantDesignation', data: designation },
    event: { type: 'DesignationGranted', data: designation },
    date: 'designatedOn',
    number: 'PILOT/示例〔2022〕1号',
  },
  {
    command: { type: 'GrantCommendation', data: commendation },
    event: { type: 'CommendationGranted', data: commendation },
    date: 'grantedOn',
    number: '示例奖/2022',
  },
  {
    command: { type: 'LaunchTradingPlatform', data: platform },
    event: { type: 'TradingPlatformLaunched', data: platform },
    date: 'launchedOn',
    number: '示例平台',
  },
];

describe.each(openings)('$command.type', ({ command, event, date, number }) => {
  it('is accepted', () => given().when(command).then(event));

  it('is ignored when the object is there', () => given(event).when(command).thenNothing());

  it('is refused for a day to come', () =>
    given()
      .when({ ...command, data: { ...command.data, [date]: FUTURE } } as OpeningCommand)
      .thenRefuses('R-1', date));

  it('is known by its number', () => expect(numberOf(event)).toBe(number));
});

describe('rules of single kinds', () => {
  it.each(['GB/T33251-2016', 'gb/t 33251—2016', 'GBT 33251-2016'])('reads the standard %s', (standard) =>
    given().when(issue({ standard })).then({ type: 'IpCertificateIssued', data: certificate }),
  );

  it.each(['GB/T 33251', 'GB/T 29490-2013', 'ISO 56005', 'GB/T 33251-2023', 'GB/T 33251-2015'])(
    'refuses the standard %s',
    (standard) => given().when(issue({ standard })).thenRefuses('R-3', 'standard'),
  );

  it('takes three full years as usual', () =>
    given()
      .when(issue({ validTo: '2025-03-01' }))
      .then({ type: 'IpCertificateIssued', data: { ...certificate, validTo: '2025-03-01' } }));

  it('warns of another term', () => {
    const [event] = registryDecider.decide(issue({ validTo: '2027-02-28' }), undefined, {
      now: '2025-12-31T04:00:00.000Z',
      today: '2025-12-31',
      actor: { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' },
    });
    expect(event?.data).toMatchObject({ warnings: [{ zh: expect.stringContaining('3年') }] });
  });

  it('refuses a certificate that ends before it starts', () =>
    given()
      .when(issue({ validTo: '2022-02-28' }))
      .thenRefuses('R-2', 'validTo'));

  it('refuses a designation that ends before it starts', () =>
    given()
      .when({ type: 'GrantDesignation', data: { ...designation, validTo: '2022-10-19' } })
      .thenRefuses('R-2', 'validTo'));

  it('accepts a designation with its term', () =>
    given()
      .when({ type: 'GrantDesignation', data: { ...designation, validTo: '2025-10-19' } })
      .then({ type: 'DesignationGranted', data: { ...designation, validTo: '2025-10-19' } }));

  it('refuses a portfolio without core patents', () =>
    given()
      .when({ type: 'StartHighValuePortfolio', data: { ...portfolio, assets: [] } })
      .thenRefuses('R-6', 'assets'));

  it.each([2024, 22])('refuses a commendation for the year %s', (year) =>
    given()
      .when({ type: 'GrantCommendation', data: { ...commendation, year } })
      .thenRefuses('R-7', 'year'),
  );

  it('accepts a web address and refuses any other scheme', () => {
    const launch = (url: string): RegistryCommand => ({ type: 'LaunchTradingPlatform', data: { ...platform, url } });
    given()
      .when(launch('https://example.org'))
      .then({ type: 'TradingPlatformLaunched', data: { ...platform, url: 'https://example.org' } });
    given().when(launch('javascript:alert(1)')).thenRefuses('R-8', 'url');
  });
});

interface Conclusion {
  readonly opened: RegistryEvent;
  readonly field: string;
  readonly conclude: (on: string) => RegistryCommand;
  readonly concluded: (on: string) => RegistryEvent;
}

const conclusions: readonly Conclusion[] = [
  {
    opened: { type: 'DedicatedOfficeEstablished', data: office },
    field: 'closedOn',
    conclude: (closedOn) => ({ type: 'CloseDedicatedOffice', data: { closedOn, reason: '示例' } }),
    concluded: (closedOn) => ({ type: 'DedicatedOfficeClosed', data: { closedOn, reason: '示例' } }),
  },
  {
    opened: { type: 'IpCertificateIssued', data: certificate },
    field: 'withdrawnOn',
    conclude: (withdrawnOn) => ({ type: 'WithdrawIpCertificate', data: { withdrawnOn, reason: '示例' } }),
    concluded: (withdrawnOn) => ({ type: 'IpCertificateWithdrawn', data: { withdrawnOn, reason: '示例' } }),
  },
  {
    opened: { type: 'HighValuePortfolioStarted', data: portfolio },
    field: 'acceptedOn',
    conclude: (acceptedOn) => ({ type: 'AcceptHighValuePortfolio', data: { acceptedOn } }),
    concluded: (acceptedOn) => ({ type: 'HighValuePortfolioAccepted', data: { acceptedOn } }),
  },
];

describe.each(conclusions)('concluding by $field', ({ opened, field, conclude, concluded }) => {
  const ON = '2024-06-30';

  it('is accepted', () => given(opened).when(conclude(ON)).then(concluded(ON)));

  it('is ignored when it says the same again', () => given(opened, concluded(ON)).when(conclude(ON)).thenNothing());

  it('is refused on another day', () =>
    given(opened, concluded(ON)).when(conclude('2024-07-01')).thenRefuses('R-4', field));

  it('is refused before the start', () => given(opened).when(conclude('2020-01-01')).thenRefuses('R-2', field));

  it('is refused for a day to come', () => given(opened).when(conclude(FUTURE)).thenRefuses('R-1', field));

  it('is refused without a record', () => given().when(conclude(ON)).thenRefuses('R-5'));

  it('says nothing of a stream that was never opened', () => expect(given(concluded(ON)).state()).toBeUndefined());
});

describe('claim values', () => {
  it('are per university, in one spelling', () => expect(claimValue('portfolio', 'hnu', ' zh－1 ')).toBe('hnu/ZH-1'));

  it.each(['certification', 'trading-platform'] as const)('are the same everywhere for a %s', (kind) =>
    expect(claimValue(kind, 'hnu', '示例-1')).toBe('示例-1'),
  );
});
