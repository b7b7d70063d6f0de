import { ValidationTypes, getMetadataStorage } from 'class-validator';
import type { ShapeError } from './shape-refusal.js';

type Constructor = abstract new (...parameters: never[]) => unknown;

/**
 * Lists where an object belongs, and lists within lists: class-validator looks into them and finds nothing to refuse in an empty one.
 * `target` is the DTO's class, `body` what was sent.
 */
export const misplacedLists = (target: Constructor, body: unknown, parents: readonly string[] = []): ShapeError[] => {
  if (!isPlain(body)) return [];
  return nestedParts(target).flatMap(({ propertyName, each }) => {
    const value = body[propertyName];
    const path = [...parents, propertyName];
    if (value === undefined || value === null) return [];
    if (!each) return isPlain(value) ? misplacedLists(classOf(target, propertyName), value, path) : [notAnObject(path)];
    if (!Array.isArray(value)) return [];
    return value.flatMap((part, index) => (isPlain(part) ? [] : [notAnObject([...path, String(index)])]));
  });
};

const nestedParts = (target: Constructor) =>
  getMetadataStorage()
    .getTargetValidationMetadatas(target, '', false, false)
    .filter(({ type }) => type === ValidationTypes.NESTED_VALIDATION);

/** The class that the compiler notes beside a decorated property. */
const classOf = (target: Constructor, property: string): Constructor =>
  Reflect.getMetadata('design:type', target.prototype as object, property) as Constructor;

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notAnObject = (path: readonly string[]): ShapeError => {
  const field = path.join('.');
  return { field, zh: '应为对象', en: `${path.at(-1)} must be an object` };
};
