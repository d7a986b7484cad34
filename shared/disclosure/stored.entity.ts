import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const instant = { to: (ms: number) => ms, from: (stored: string | number) => Number(stored) };

/** What one request read: one row for all its links, which follow one another. */
@Entity({ name: 'disclosure_readings' })
export class StoredReading {
  /** The number of its last link. */
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  /** In milliseconds since the epoch. */
  @Column({ type: 'bigint', transformer: instant })
  @Index('ix_disclosure_readings_at')
  at: number;

  /** The text about the reader. */
  @Column({ type: 'integer' })
  reader: number;

  /** For each link, the text about the type and fields, and the number of records: `12:3,15:1`. */
  @Column({ type: 'varchar' })
  links: string;

  /** The hash of its last link, in base64url. */
  @Column({ type: 'varchar' })
  hash: string;
}

/** A text that reads share, as JSON: a reader, or a type and its fields. */
@Entity({ name: 'disclosure_texts' })
export class StoredText {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** The hash of the text, because the text may be too long for an index. */
  @Column({ type: 'varchar' })
  @Index('ix_disclosure_texts_digest', { unique: true })
  digest: string;

  @Column({ type: 'varchar' })
  text: string;
}

/** The end of an archive, where the rest of the record continues. */
@Entity({ name: 'disclosure_anchors' })
export class StoredAnchor {
  /** The number of the last archived link. */
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  /** The hash of that link, in base64url. */
  @Column({ type: 'varchar' })
  hash: string;
}

/** The entities of the record of disclosures. */
export const disclosureEntities = [StoredReading, StoredText, StoredAnchor];
