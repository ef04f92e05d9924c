import { ConfluenceSite } from '../index.ts';

/** Space `A` with ten pages `Page 0` … `Page 9` under its homepage, and an empty space `B`. */
export function smallSite(): ConfluenceSite {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'A', name: 'First', homepage: { title: 'Home' } });
  site.addSpace({ key: 'B', name: 'Second' });
  for (let index = 0; index < 10; index += 1) {
    site.addPage({ space: 'A', title: `Page ${index}`, body: `<p>${index}</p>` });
  }
  return site;
}
