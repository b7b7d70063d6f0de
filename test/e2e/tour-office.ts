import { onContract } from './tour-deals.js';
import { APPROVED } from './tour-disclosures.js';
import type { Outcome, Tour } from './tour-guide.js';

/** 期限: what is due, in the list, as a file and in the calendar. */
export const deadlines = (tour: Tour): void => {
  describe('deadlines', () => {
    interface Page {
      readonly items: ReadonlyArray<{
        readonly kind: string;
        readonly recordNumber: string;
        readonly dueOn: string;
        readonly state: string;
      }>;
      readonly counts: Readonly<Record<string, number>>;
    }

    it('are listed as of any date', async () => {
      const query = 'universityId=csu&kind=LICENCE_RECORDING&state=ALL&asOf=2023-05-15&limit=500';
      const { items } = await tour.reads<Page>('csu', `/api/v1/deadlines?${query}`);
      const states = Object.fromEntries(
        items.map(({ recordNumber, state, dueOn }) => [recordNumber, `${dueOn} ${state}`]),
      );
      expect(states).toMatchObject({
        '示例-HT-10': '2023-04-03 OVERDUE',
        '示例-HT-12': '2023-05-04 OVERDUE',
        '示例-HT-30': '2023-04-03 MET_LATE',
      });
    });

    it('come as a file and as a calendar behind a token of its own', async () => {
      const file = await tour.fetches('auditor', '/api/v1/deadlines.csv?asOf=2023-05-15');
      expect(file.text).toContain('示例-HT-10');
      const kinds = await tour.fetches<Record<string, unknown>>('auditor', '/api/v1/deadlines/kinds');
      expect(Object.keys(kinds.body)).toContain('LICENCE_RECORDING');
      const { status, body } = await tour.post<{ url: string }>('hnu', '/api/v1/calendar-token', undefined);
      expect(status).toBe(200);
      const { text, headers } = await tour.fetches(undefined, body.url);
      expect(headers.get('content-type')).toContain('text/calendar');
      expect(text).toMatch(/^BEGIN:VCALENDAR[\s\S]*BEGIN:VEVENT[\s\S]*END:VCALENDAR/);
      const stolen = await fetch(`${tour.product.url}/api/v1/records`, {
        headers: { authorization: `Bearer ${new URL(body.url, tour.product.url).searchParams.get('token')}` },
      });
      expect(stolen.status).toBe(401);
    });
  });
};

/** 佐证材料: files, to the byte. */
export const evidence = (tour: Tour): void => {
  describe('evidence', () => {
    interface File {
      readonly hash: string;
      readonly name: string;
      readonly detached: unknown;
    }
    const bytes = new TextEncoder().encode('示例：会议纪要\n');

    it('is uploaded, attached, read back byte for byte, and detached', async () => {
      const name = '示例纪要.txt';
      const { status, body } = await tour.post<File>('hnu', '/api/v1/evidence', bytes, {
        'content-type': 'text/plain',
        'file-name': encodeURIComponent(name),
      });
      expect({ status, name: body.name }).toEqual({ status: 201, name });
      const place = `/api/v1/records/contract/${tour.id('licence')}/evidence`;
      await tour.does('hnu', place, { hash: body.hash, note: '示例' });
      expect(await tour.reads<File[]>('hnu', place)).toMatchObject([{ hash: body.hash, name, detached: null }]);
      for (const path of [`/api/v1/evidence/${body.hash}`, `${place}/${body.hash}`]) {
        expect((await tour.fetches('hnu', path)).bytes).toEqual(bytes);
      }
      const stranger = await tour.reads<File[]>('csu', place).catch((error: Error) => error.message);
      expect(stranger).toContain('404');
      await tour.does('hnu', `${place}/${body.hash}/detachment`, { reason: '示例：附错' });
      expect(await tour.reads<File[]>('hnu', place)).toMatchObject([{ detached: { reason: '示例：附错' } }]);
    });

    it('is named by a correction that rests on it', async () => {
      const { body } = await tour.post<File>('csu', '/api/v1/evidence', bytes, {
        'content-type': 'text/plain',
        'file-name': 'a.txt',
      });
      const correction = {
        number: '示例-GZ-9',
        field: 'relatedParty',
        value: 'true',
        ...APPROVED,
        evidenceFiles: [body.hash],
      };
      await tour.does('csu', onContract(tour, 'own use', 'corrections'), correction);
      const place = `/api/v1/records/contract/${tour.id('own use')}/evidence`;
      expect(await tour.reads<File[]>('csu', place)).toMatchObject([
        { hash: body.hash, namedBy: { type: 'ContractCorrected' } },
      ]);
    });
  });
};

/** 账户与导入: what is no command of the ledger. */
export const sessionsAndSheets = (tour: Tour): void => {
  describe('sessions and sheets', () => {
    it('a session is refreshed, a password changed', async () => {
      expect((await tour.post('clerk', '/api/v1/session/refresh', undefined)).status).toBe(200);
      const change = { current: 'sample-fund', next: '示例-新口令-2026' };
      expect((await tour.post('fund', '/api/v1/me/password', change)).status).toBe(204);
      expect((await tour.post('fund', '/api/v1/session', { username: 'fund', password: 'sample-fund' })).status).toBe(
        401,
      );
      expect((await tour.post('fund', '/api/v1/session', { username: 'fund', password: change.next })).status).toBe(
        200,
      );
    });

    it('a sheet is taken in the background', async () => {
      const template = await tour.fetches('clerk', '/api/v1/imports/templates/commendations.csv');
      const [header = ''] = template.text.split(/\r?\n/);
      const row = '示例大学,示例进步奖,2022,示例奖〔2023〕5号,2023-02-01,';
      const file = new TextEncoder().encode(`${header}\n${row}\n`);
      const { status, body } = await tour.post<{ status: string }>(
        'clerk',
        '/api/v1/imports/commendations?fileName=a.csv',
        file,
        { 'content-type': 'text/csv' },
      );
      expect(status).toBe(202);
      interface Job {
        readonly status: string;
        readonly written: number;
        readonly problems: readonly unknown[];
      }
      let job: Job;
      do job = (await tour.fetches<Job>('clerk', body.status)).body;
      while (job.status === 'QUEUED' || job.status === 'RUNNING');
      expect({ header, ...job }).toMatchObject({ status: 'DONE', problems: [], written: 1 });
    });
  });
};

/** Every command once more with its own key: the same answer, and nothing new. */
export const repeated = (tour: Tour): void => {
  it('answers every command sent again as before, and writes nothing', async () => {
    const answers: Array<{ path: string; status: number; body: Partial<Outcome> }> = [];
    for (const sent of tour.sent) {
      const { status, body } = await tour.repeats(sent);
      answers.push({ path: sent.path, status, body: { id: body.id, written: body.written } });
    }
    expect(answers).toEqual(tour.sent.map(({ path, id }) => ({ path, status: 200, body: { id, written: false } })));
  });
};
