import { ReadModels } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UniversityRow } from './university.entity.js';

export type UniversityListing = Omit<UniversityRow, 'position'>;

/** Every registered university, by ledger code. `after` is the position token the answer must include. */
export class ListUniversities extends Query<UniversityListing[]> {
  constructor(readonly after?: string) {
    super();
  }
}

@QueryHandler(ListUniversities)
export class ListUniversitiesHandler implements IQueryHandler<ListUniversities> {
  constructor(private readonly models: ReadModels) {}

  async execute({ after }: ListUniversities): Promise<UniversityListing[]> {
    const rows = await this.models.read(
      (manager) => manager.find(UniversityRow, { order: { universityId: 'ASC' } }),
      after,
    );
    return rows.map(({ position: _position, ...university }) => university);
  }
}
