import { fillSearchText } from '@hub/shared/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Searches ignore marks. */
export class FoldSearchTexts1795672800000 implements MigrationInterface {
  readonly name = 'FoldSearchTexts1795672800000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await fillSearchText(queryRunner, 'offices', ['search_text']);
  }

  /** A search of before finds nearly the same in the new texts. */
  async down(): Promise<void> {}
}
