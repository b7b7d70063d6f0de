import { Refusal } from '@app/kernel';
import { type IndustryClass, parseIndustry } from './industry.js';

const refusalOf = (text: string): Partial<Refusal> | undefined => {
  try {
    parseIndustry(text, 'industry');
    return undefined;
  } catch (error) {
    return error as Refusal;
  }
};

describe('an industry code', () => {
  it.each<[string, string, IndustryClass]>([
    ['A', 'A', 'AGRICULTURE'],
    ['A05', 'A05', 'AGRICULTURE'],
    ['B06', 'B06', 'INDUSTRY'],
    ['C39', 'C39', 'INDUSTRY'],
    [' ｃ3911 ', 'C3911', 'INDUSTRY'],
    ['39', 'C39', 'INDUSTRY'],
    ['D46', 'D46', 'INDUSTRY'],
    ['E', 'E', 'CONSTRUCTION'],
    ['F51', 'F51', 'WHOLESALE'],
    ['F5211', 'F5211', 'RETAIL'],
    ['G54', 'G54', 'TRANSPORT'],
    ['G58', 'G58', 'TRANSPORT'],
    ['G591', 'G591', 'TRANSPORT'],
    ['G59', 'G59', 'WAREHOUSING'],
    ['G5990', 'G5990', 'WAREHOUSING'],
    ['60', 'G60', 'POST'],
    ['H61', 'H61', 'ACCOMMODATION'],
    ['H62', 'H62', 'CATERING'],
    ['I63', 'I63', 'INFORMATION_TRANSMISSION'],
    ['I64', 'I64', 'INFORMATION_TRANSMISSION'],
    ['I65', 'I65', 'SOFTWARE'],
    ['K701', 'K701', 'REAL_ESTATE'],
    ['7020', 'K7020', 'PROPERTY_MANAGEMENT'],
    ['K703', 'K703', 'OTHER'],
    ['L72', 'L72', 'LEASING_BUSINESS'],
    ['M73', 'M73', 'OTHER'],
    ['Q85', 'Q85', 'OTHER'],
    ['R90', 'R90', 'OTHER'],
  ])('S-1, S-2, S-3: accepts %s as %s, %s', (text, code, industryClass) =>
    expect(parseIndustry(text, 'industry')).toEqual({ code, industryClass }),
  );

  it.each(['', '电子', 'C3', 'C391234', 'U99', '00', '98', 'C51', 'F39'])('S-1: refuses "%s"', (text) =>
    expect(refusalOf(text)).toMatchObject({ rule: 'S-1', place: { field: 'industry' } }),
  );

  it.each(['F', 'G', 'H', 'I', 'K', 'K70', '70', 'Q'])('S-2: refuses %s, which leaves the row open', (text) =>
    expect(refusalOf(text)).toMatchObject({ rule: 'S-2', place: { field: 'industry' } }),
  );

  it.each(['G53', 'J', 'J66', 'P83', 'Q84', 'S91', 'T97'])('S-3: refuses %s, outside the standard', (text) =>
    expect(refusalOf(text)).toMatchObject({ rule: 'S-3', place: { field: 'industry' } }),
  );
});
