import { Gauge, type Registry } from 'prom-client';

/** What is shown of a certificate. */
interface MeasuredCertificate {
  readonly current: { readonly expiresAt: Date | undefined };
  /** True if its new files cannot be used. */
  readonly isBroken: boolean;
}

/** Certificates by what they are for: `served`, `presented`. */
export type MeasuredCertificates = Readonly<Record<string, MeasuredCertificate | undefined>>;

/** Shows until when certificates are valid, and whether their new files can be used. */
export function measureCertificates(
  registry: Registry,
  prefix: 'hub' | 'partner',
  certificates: MeasuredCertificates,
): void {
  const gauge = (
    name: string,
    help: string,
    aggregator: 'min' | 'max',
    read: (certificate: MeasuredCertificate) => number | undefined,
  ) =>
    new Gauge({
      name: `${prefix}_${name}`,
      help,
      labelNames: ['use'],
      aggregator,
      registers: [registry],
      collect() {
        for (const [use, certificate] of Object.entries(certificates)) {
          const value = certificate && read(certificate);
          if (value !== undefined) this.set({ use }, value);
        }
      },
    });
  gauge(
    'certificate_expiry_timestamp_seconds',
    'Until when a certificate is valid, in seconds since the epoch.',
    'min',
    ({ current: { expiresAt } }) => expiresAt && expiresAt.getTime() / 1_000,
  );
  gauge(
    'certificate_files_unusable',
    '1 if new files of a certificate cannot be used, so that those before are in use.',
    'max',
    ({ isBroken }) => Number(isBroken),
  );
}
