import { fillSearchText } from '@hub/shared/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets searches ignore marks. */
export class FoldSearchTexts1795672800000 implements MigrationInterface {
  readonly name = 'FoldSearchTexts1795672800000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await fillSearchText(queryRunner, 'police_units', ['search_text']);
    await fillSearchText(queryRunner, 'national_sites', ['search_text']);
  }

  /** The earlier version finds nearly the same with the new texts. */
  async down(): Promise<void> {}
}
