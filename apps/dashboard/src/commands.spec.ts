import document from '../../../docs/openapi.json';
import { everyCommand, pathWith } from './commands.js';
import { fieldName, formLabel } from './form-labels.js';
import { type FormField, type OpenApi, commandFields } from './schema-form.js';
import { valueLabels } from './value-labels.js';

const api = document as unknown as OpenApi;

const commands = everyCommand.map((command) => {
  const fields = commandFields(api, `/api/v1${command.path}`, ['id', 'code', 'claimId']);
  return { name: `${command.path} ${command.zh}`, fields };
});

/** A field and all its parts. */
const flat = (field: FormField): readonly FormField[] => [field, ...(field.fields ?? []).flatMap(flat)];

/** Grades are letters in every language. */
const isPlain = (code: string): boolean => /^[A-D]$/.test(code);

describe('what can be done to records', () => {
  it.each(commands)('$name is offered by the server', ({ fields }) => expect(fields).toBeDefined());

  it.each(commands)('$name has a Chinese label on every field', ({ fields = [] }) => {
    const unnamed = fields.flatMap(flat).filter((field) => !/\p{Script=Han}/u.test(formLabel(field).zh));
    expect(unnamed.map(({ name, description }) => `${name}: ${description}`)).toEqual([]);
  });

  it.each(commands)('$name has a label on every choice', ({ fields = [] }) => {
    const unlabelled = fields
      .flatMap(flat)
      .flatMap(({ name, options = [] }) =>
        options
          .filter((code) => !valueLabels[`${name}.${code}`] && !valueLabels[code] && !fieldName(code) && !isPlain(code))
          .map((code) => `${name}.${code}`),
      );
    expect(unlabelled).toEqual([]);
  });

  it('puts ids into paths as they must be written there', () => {
    expect(pathWith('/contracts/{id}/payments/{number}/reversal', { id: 'a', number: '示例/1' })).toBe(
      `/contracts/a/payments/${encodeURIComponent('示例/1')}/reversal`,
    );
  });
});
