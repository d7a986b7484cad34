import { startPartner } from '@hub/shared/start';

await startPartner(() => import('./partner.js'));
