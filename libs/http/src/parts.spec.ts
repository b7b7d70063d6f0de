import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';
import { misplacedLists } from './parts.js';

class Leaf {
  @IsString() name: string;
}
class Branch {
  @ValidateNested() @Type(() => Leaf) leaf: Leaf;
}
class Tree {
  @ValidateNested() @Type(() => Branch) branch: Branch;
  @ValidateNested({ each: true }) @Type(() => Leaf) leaves: Leaf[];
}

describe('lists where an object belongs', () => {
  it.each([
    [{ branch: [] }, ['branch']],
    [{ branch: { leaf: [[]] } }, ['branch.leaf']],
    [{ leaves: [[], { name: 'a' }, 'b'] }, ['leaves.0', 'leaves.2']],
  ])('are told by their path: %j', (body, fields) => {
    expect(misplacedLists(Tree, body).map(({ field }) => field)).toEqual(fields);
  });

  it('accepts objects, lists of objects, and what is left out', () => {
    expect(misplacedLists(Tree, { branch: { leaf: { name: 'a' } }, leaves: [{ name: 'b' }] })).toEqual([]);
    expect(misplacedLists(Tree, {})).toEqual([]);
    expect(misplacedLists(String, 'text')).toEqual([]);
  });
});
