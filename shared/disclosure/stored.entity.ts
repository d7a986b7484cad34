import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const instant = { to: (ms: number) => ms, from: (stored: string | number) => Number(stored) };

/** What one request read: a row for all its links, which follow one another. */
@Entity({ name: 'disclosure_readings' })
export class StoredReading {
  /** The number of its last link. */
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  /** In milliseconds since the epoch. */
  @Column({ type: 'bigint', transformer: instant })
  @Index('ix_disclosure_readings_at')
  at: number;

  /** The text of who read. */
  @Column({ type: 'integer' })
  reader: number;

  /** For each link the text of what was read, and of how many records: `12:3,15:1`. */
  @Column({ type: 'varchar' })
  links: string;

  /** Of its last link, in base64url. */
  @Column({ type: 'varchar' })
  hash: string;
}

/** A text that many readings have: who read, or a type and its fields. JSON. */
@Entity({ name: 'disclosure_texts' })
export class StoredText {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** The text itself may be too long for an index. */
  @Column({ type: 'varchar' })
  @Index('ix_disclosure_texts_digest', { unique: true })
  digest: string;

  @Column({ type: 'varchar' })
  text: string;
}

/** Where an archive ends, and the rest of the record goes on. */
@Entity({ name: 'disclosure_anchors' })
export class StoredAnchor {
  /** The number of the last archived link. */
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  /** Of that link, in base64url. */
  @Column({ type: 'varchar' })
  hash: string;
}

/** All that the record of disclosures consists of. */
export const disclosureEntities = [StoredReading, StoredText, StoredAnchor];
