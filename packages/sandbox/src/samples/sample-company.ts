import { ConfluenceSite } from '../site/confluence-site.ts';

/** A small company with three spaces, for the demo. */
export function sampleCompany(): ConfluenceSite {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'ENG', name: 'Engineering', homepage: { title: 'Engineering' } });
  site.addPage({ space: 'ENG', title: 'Deploying', body: '<p>Press the button.</p>' });
  return site;
}
