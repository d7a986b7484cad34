/** A visit as the network knows it before the departure. */
const visit = {
  startsOn: '2027-02-07',
  endsOn: '2027-02-12',
  departedOn: null,
  returnedOn: null,
  cancelledOn: null,
};

/** What the network says of the visit, and the day. */
export interface JourneyMoment {
  readonly today: string;
  readonly visit?: Readonly<Partial<Record<keyof typeof visit, unknown>>>;
  readonly group?: { readonly cancelledOn: string };
  /** Whether a host prepares or has the group then. */
  readonly isNear: boolean;
  /** Whether what came from the group has ended for those who arrange it: 90 days after its end. */
  readonly isLongOver?: true;
}

/** The moments that decide what the hosts of a visit may read about its travellers. */
export const journeyMoments: Readonly<Record<string, JourneyMoment>> = {
  'a month and a day before the departure': { today: '2027-01-07', isNear: false },
  '30 days before the departure': { today: '2027-01-08', isNear: true },
  'during the visit': { today: '2027-02-10', visit: { departedOn: '2027-02-07' }, isNear: true },
  'long after its planned end, without a return': {
    today: '2027-05-15',
    visit: { departedOn: '2027-02-07' },
    isNear: true,
  },
  'after the return': {
    today: '2027-02-12',
    visit: { departedOn: '2027-02-07', returnedOn: '2027-02-12' },
    isNear: false,
  },
  '89 days after the return': {
    today: '2027-05-12',
    visit: { departedOn: '2027-02-07', returnedOn: '2027-02-12' },
    isNear: false,
  },
  '91 days after the return': {
    today: '2027-05-14',
    visit: { departedOn: '2027-02-07', returnedOn: '2027-02-12' },
    isNear: false,
    isLongOver: true,
  },
  '91 days after the group was cancelled': {
    today: '2027-04-21',
    group: { cancelledOn: '2027-01-20' },
    isNear: false,
    isLongOver: true,
  },
  'before a visit that was cancelled': {
    today: '2027-02-01',
    visit: { cancelledOn: '2027-01-20' },
    isNear: false,
  },
  'before a visit of a group that was cancelled': {
    today: '2027-02-01',
    group: { cancelledOn: '2027-01-20' },
    isNear: false,
  },
  'before a visit without a date': {
    today: '2027-02-01',
    visit: { startsOn: null },
    isNear: false,
  },
};

/** The group and its visit as the network knows them at a moment. */
export const groupAt = (
  moment: JourneyMoment,
  hosts: readonly string[],
): Readonly<Record<string, unknown>> => ({
  cancelledOn: null,
  ...moment.group,
  visits: [{ ...visit, hosts: hosts.map((owner) => ({ owner })), ...moment.visit }],
});
