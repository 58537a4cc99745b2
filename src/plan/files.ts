/** Reading and choosing, which only runs of many checks need. */

export { planJsonSchema } from "./json_schema.ts";
export { loadPlan, type PlanDeps } from "./load.ts";
export { type ListDeps, loadPeerList } from "./peer_list.ts";
export { planModule } from "./peer_options.ts";
export { problemLine } from "./problem.ts";
export { type Selection, selectPeers } from "./select.ts";
export { TLS_SETTINGS, type TlsMapping, type TlsSettingRow } from "./tls_settings.ts";
export { SETTINGS_ROW } from "./schema_rows.ts";
