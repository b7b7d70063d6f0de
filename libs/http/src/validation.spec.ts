import { validateSync } from 'class-validator';
import { IsFen, IsInstant, IsLegalDate, IsUniversityId, instantOf } from './validation.js';

class Shapes {
  @IsLegalDate()
  date: unknown = '2024-01-01';

  @IsFen()
  fen: unknown = '0';

  @IsUniversityId()
  university: unknown = 'hnu';
}

const failing = (values: Partial<Shapes>): string[] =>
  validateSync(Object.assign(new Shapes(), values)).map(({ property }) => property);

describe('the shapes of the ledger', () => {
  it.each(['2024-02-29', '1999-12-31'])('a legal date may be %s', (date) => expect(failing({ date })).toEqual([]));

  it.each(['2023-02-29', '2024-1-1', '2024/01/01', '20240101', '', 20240101, null, new Date(0)])(
    'a legal date may not be %p',
    (date) => expect(failing({ date })).toEqual(['date']),
  );

  it.each(['0', '1', '1000000', '9000000000000000'])('fen may be %s', (fen) => expect(failing({ fen })).toEqual([]));

  it.each(['-1', '01', '1.0', '1e3', '', ' 1', '9000000000000001', 100, 100n, null])('fen may not be %p', (fen) =>
    expect(failing({ fen })).toEqual(['fen']),
  );

  it.each(['hnu', 'csu-2', 'h'])('a university may be %s', (university) => expect(failing({ university })).toEqual([]));

  it.each(['HNU', '2hnu', 'h nu', '', '湖大', 'x'.repeat(33), 5])('a university may not be %p', (university) =>
    expect(failing({ university })).toEqual(['university']),
  );
});

describe('an instant or a day', () => {
  class Asked {
    @IsInstant() by: string;
  }
  const isRead = (by: string) => validateSync(Object.assign(new Asked(), { by })).length === 0;

  it.each([
    ['2026-11-23', '2026-11-23T15:59:59.999Z'],
    ['2026-11-23T08:00:00+08:00', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23T08:00Z', '2026-11-23T08:00:00.000Z'],
  ])('%s is read as %s', (text, instant) => {
    expect(isRead(text)).toBe(true);
    expect(instantOf(text)).toBe(instant);
  });

  it.each(['2026-W48', '20261123', '2026-11-23T08:00:00', '2026-02-30', '2026-13-01T00:00:00Z'])(
    '%s is not',
    (text) => {
      expect(isRead(text)).toBe(false);
    },
  );
});
