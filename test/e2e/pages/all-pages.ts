/** Every page, a text that only its own data shows, and how many kB of scripts it may load at first. */
export const allPages = [
  ['/', 'Nordic-Baltic Network of Policewomen', 75],
  ['/explorer', 'WhoAnswers', 250],
  ['/programme', 'Demonstration programme', 75],
  ['/programme/group?id=nbnp%3Ademo-group-4', 'Demonstration group 4', 75],
  ['/programme/visit?id=nbnp%3Ademo-visit-4', 'Demonstration: an earlier week', 78],
  ['/programme/do?form=createProgramme', 'Sign in as one of them', 78],
  ['/programme/statistics', 'Delegates of the offices', 75],
  ['/network', 'Criminal Police Bureau', 160],
  ['/tasks', 'Sign in to see', 75],
  ['/tasks/decision', 'Sign in to see', 78],
  ['/my-journey', 'Sign in, or open the link', 75],
  ['/status', 'national-police', 75],
  ['/accessibility', 'WCAG 2.2', 75],
  ['/join', 'This link is not valid', 75],
] as const;
