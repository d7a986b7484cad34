/** What the operator of a partner’s server decides about its manifest. */
export interface PublicationSettings {
  /** The URL at which others reach the server. @default the one that it listens on */
  readonly endpoint?: string | undefined;
  /** @default `hub@<code>.example.org` */
  readonly contact?: string | undefined;
  /** @default a digest of the schema */
  readonly schemaVersion?: string | undefined;
  /** @default 0: never */
  readonly lastGoodFor?: number | undefined;
  /** The URL to which the hub posts notices. @default it posts none */
  readonly notices?: string | undefined;
  /** A JSON file of maintenance windows. @default none */
  readonly maintenanceFile?: string | undefined;
  /** A JSON file of consents. @default none */
  readonly consentsFile?: string | undefined;
  /** A JSON file with the statement of a check, `{"conformance": "…"}`. @default none */
  readonly conformanceFile?: string | undefined;
}
