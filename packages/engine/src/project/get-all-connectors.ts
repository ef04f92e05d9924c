import type { ConnectorInfo } from '../api.ts';
import { discoveryOptions, type Project } from '../config/project.ts';
import { listInstalled } from '../discovery/list-installed.ts';

/** The connectors that a project can use, and the sources that use them. Imports none of them. */
export function getAllConnectors(project: Project): Promise<readonly ConnectorInfo[]> {
  const uses = project.sources.map(({ name, connectorReference }) => ({
    source: name,
    connector: connectorReference.name,
  }));
  return listInstalled(discoveryOptions(project), uses);
}
