import { describe, expect, it } from 'vitest';
import { reopenOffice } from '../../network/run-programme.js';
import { delegates } from './delegates.js';
import { evaluation } from './evaluation.js';
import { lookingBack } from './looking-back.js';
import { northChanges } from './north-changes.js';
import { northHosts } from './north-hosts.js';
import { northJourney } from './north-journey.js';
import { northPeople } from './north-people.js';
import { northReports } from './north-reports.js';
import { northVisit } from './north-visit.js';
import { acceptances, nominations } from './officers.js';
import { plan } from './plan.js';
import { policeAway } from './police-away.js';
import { southJourney } from './south-journey.js';
import { southPeople } from './south-people.js';
import { southVisit } from './south-visit.js';
import { Story } from './story.js';

/** What the contract promises of the programme as it is run, in the order in which people meet it. */
const chapters = [
  plan,
  delegates,
  nominations,
  policeAway,
  acceptances,
  northVisit,
  northHosts,
  northPeople,
  northChanges,
  northJourney,
  northReports,
  southVisit,
  southPeople,
  southJourney,
  evaluation,
  lookingBack,
];

describe('a programme in both directions, run by ten organisations', () => {
  it('takes more than 200 steps', { timeout: 600_000 }, async () => {
    await using story = await Story.open('2031-01-02');
    await reopenOffice(story.network);
    for (const chapter of chapters) await story.tell(chapter);
    expect(story.steps).toBeGreaterThan(200);
  });
});
