/** A certificate with its chain, and its private key: files in PEM form. */
export interface CertificatePair {
  readonly certificate: string;
  readonly key: string;
}

/** The files that a process uses for TLS. */
export interface TlsSettings {
  /** The certificate of its server. @default the server speaks plain HTTP */
  readonly served?: CertificatePair | undefined;
  /** The authorities of clients. Then every client must present a certificate. @default none must */
  readonly clientAuthorities?: string | undefined;
  /** The certificate for servers that request one. @default `served` */
  readonly presented?: CertificatePair | undefined;
  /** The authorities of the servers that it calls. @default those that Node knows */
  readonly authorities?: string | undefined;
}

/** The files of a process that only calls others. */
export const filesForCalls = ({
  served,
  presented = served,
  authorities,
}: TlsSettings): TlsSettings => ({
  presented,
  authorities,
});
