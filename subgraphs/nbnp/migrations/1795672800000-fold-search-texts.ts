import { fillSearchText } from '@hub/shared/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Searches ignore marks, and look for events in more than the title. */
export class FoldSearchTexts1795672800000 implements MigrationInterface {
  readonly name = 'FoldSearchTexts1795672800000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await fillSearchText(queryRunner, 'organisations', ['search_text']);
    const columns = ['title', 'city', 'venue', 'series', 'note'];
    await fillSearchText(queryRunner, 'events', columns);
  }

  /** A search of before finds nearly the same in the new texts. */
  async down(): Promise<void> {}
}
