import type { LinkFailureKind } from "@hiraku/kernel/control";

/** A link did not come through; says the kind only, never an address or a value. */
export class LinkFailure extends Error {
  override readonly name = "LinkFailure";
  readonly kind: LinkFailureKind;

  constructor(kind: LinkFailureKind) {
    super(`A link did not come through: ${kind}`);
    this.kind = kind;
  }
}
