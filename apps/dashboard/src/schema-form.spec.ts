import { type OpenApi, bodyOf, commandFields, fieldsOf, termOf, valuesOf } from './schema-form.js';

const api: OpenApi = {
  paths: {
    '/api/v1/deals/{dealId}/payments/{number}/reversal': {
      post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Deal' } } } } },
    },
  },
  components: {
    schemas: {
      Part: {
        type: 'object',
        properties: { dueOn: { type: 'string' }, amountFen: { type: 'string' } },
        required: ['dueOn', 'amountFen'],
      },
      Share: {
        type: 'object',
        properties: { permyriad: { type: 'number' }, base: { type: 'string', enum: ['A', 'B'] } },
      },
      Deal: {
        type: 'object',
        properties: {
          note: { type: 'string' },
          universityId: { type: 'string', description: 'Ledger code (学校代码).' },
          signedOn: { type: 'string' },
          feeFen: { type: 'string' },
          sharePermyriad: { type: 'number', minimum: 1, maximum: 10_000 },
          mode: { type: 'string', enum: ['LICENCE', 'TRANSFER'] },
          relatedParty: { type: 'boolean' },
          assets: { type: 'array', items: { type: 'string' } },
          removes: { type: 'array', items: { type: 'string', enum: ['x', 'y'] } },
          instalments: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Part' } },
          coOwners: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
          royalty: { description: 'Running royalty (提成).', allOf: [{ $ref: '#/components/schemas/Share' }] },
          evidenceFiles: { type: 'array', items: { type: 'string' } },
          approver: { type: 'string' },
          instalment: { type: 'number' },
        },
        required: ['universityId', 'signedOn', 'assets', 'coOwners'],
      },
      Correction: {
        type: 'object',
        properties: { field: { type: 'string', enum: ['feeFen', 'recordedOn'] }, value: { type: 'string' } },
        required: ['field', 'value'],
      },
    },
  },
};

const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const deal = fieldsOf(schema('Deal'), api);
const named = (name: string) => deal.find((field) => field.name === name);

describe('a form made from a schema', () => {
  it.each([
    ['note', 'area'],
    ['universityId', 'university'],
    ['signedOn', 'date'],
    ['feeFen', 'money'],
    ['sharePermyriad', 'percent'],
    ['mode', 'choice'],
    ['relatedParty', 'switch'],
    ['assets', 'tags'],
    ['removes', 'choices'],
    ['instalments', 'rows'],
    ['royalty', 'group'],
    ['evidenceFiles', 'files'],
    ['approver', 'approver'],
    ['instalment', 'integer'],
  ])('asks for %s with the control %s', (name, control) => expect(named(name)?.control).toBe(control));

  it('asks first for what must be filled', () => {
    expect(deal.slice(0, 3).map(({ name }) => name)).toEqual(['universityId', 'signedOn', 'assets']);
    expect(named('feeFen')?.required).toBe(false);
  });

  it('follows references into parts and keeps the words beside them', () => {
    expect(named('royalty')?.description).toBe('Running royalty (提成).');
    expect(named('royalty')?.fields?.map(({ name, control }) => [name, control])).toEqual([
      ['permyriad', 'percent'],
      ['base', 'choice'],
    ]);
    expect(named('instalments')?.fields?.every(({ required }) => required)).toBe(true);
  });

  it('asks for parameters of the path beyond the record’s own id', () => {
    const fields = commandFields(api, '/api/v1/deals/{id}/payments/{number}/reversal', ['id']);
    expect(fields?.[0]).toMatchObject({ name: 'number', control: 'text', required: true });
    expect(commandFields(api, '/api/v1/deals/{id}/unknown', ['id'])).toBeUndefined();
  });
});

describe('what is sent', () => {
  it('is in fen and 0.01%, without what was left empty', () => {
    const values = {
      universityId: 'hnu',
      signedOn: '2024-05-01',
      feeFen: '1,234.5',
      sharePermyriad: '33.33',
      relatedParty: false,
      note: '  ',
      mode: undefined,
      assets: ['202110000001X'],
      removes: [],
      instalments: [{ dueOn: '2024-06-01', amountFen: '0.01' }],
      royalty: { permyriad: '', base: undefined },
    };
    expect(bodyOf(deal, values)).toEqual({
      universityId: 'hnu',
      signedOn: '2024-05-01',
      feeFen: '123450',
      sharePermyriad: 3333,
      relatedParty: false,
      assets: ['202110000001X'],
      instalments: [{ dueOn: '2024-06-01', amountFen: '1' }],
    });
  });

  it('keeps a list that was emptied on purpose, where the server asks for one', () => {
    expect(bodyOf(deal, { coOwners: [] })).toEqual({ coOwners: [] });
  });

  it('of a correction follows the field it corrects', () => {
    const fields = fieldsOf(schema('Correction'), api);
    expect(bodyOf(fields, { field: 'feeFen', value: '12.3' })).toEqual({ field: 'feeFen', value: '1230' });
    expect(bodyOf(fields, { field: 'recordedOn', value: '2024-01-02' })['value']).toBe('2024-01-02');
  });

  it('comes from stored data where a form begins with it', () => {
    const stored = { feeFen: '123450', sharePermyriad: 3333, note: 'n', assets: ['a'], mode: null };
    expect(valuesOf(deal, stored)).toEqual({ feeFen: '1234.50', sharePermyriad: '33.33', note: 'n' });
  });
});

describe('the Chinese term of a field', () => {
  it.each([
    ['Date of recording (备案日).', '备案日'],
    ['How the price was set (定价方式; 促进科技成果转化法 art 18).', '定价方式'],
    ['Ground of refusal (专利实施许可合同备案办法 art 12).', undefined],
    ['Whether agreed (细则 art 86), stated (质权人同意).', '质权人同意'],
    ['Share in 0.01% (份额, 万分之).', '份额'],
    ['What changes.', undefined],
  ])('of “%s” is %s', (description, term) => expect(termOf(description)).toBe(term));
});
