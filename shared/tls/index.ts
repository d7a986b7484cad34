export { openTls, plainConnect, type OpenConnect, type ServedTls, type Tls } from './open-tls.js';
export { CertificateError } from './read-certificates.js';
export { filesForCalls, type CertificatePair, type TlsSettings } from './tls-settings.js';
