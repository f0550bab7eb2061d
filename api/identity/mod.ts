export {
  createAccount,
  disableAccount,
  listAccounts,
  type ListedAccount,
  type RoleGrant,
} from "./account.ts";
export {
  createKey,
  type KeyGrant,
  type ListedKey,
  listKeys,
  revokeKey,
} from "./api_key.ts";
export { isEntityTypePattern } from "./entity_type_pattern.ts";
