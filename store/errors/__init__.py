"""Every «no» the desk can say.

    Refusal
    ├── Mistyped                what was typed cannot be right; carries the field it stands in
    │   └── KeyMistyped         … a key: EmptyKey, WrongLength, ConfusingSign, StrangeSign, WrongCheckSymbol
    ├── NotAllowed              this person may not do that, or not any more: SessionEnded
    ├── SignInRefused           wrong usuario or password, wrong door, closed desk, too old a password
    ├── TooManyAttempts         over a limit; carries when it ends
    ├── KeyRefused              the one text for a key that cannot be confirmed, LicenceNotAccepted, KeyAlreadyHere
    ├── EspacioRefused          what a desk's Espacio does not allow: FreeNotDue, AlreadyHeld, DoesNotFit, ChangeWaits,
    │                           OrderWaits, NameRefused (NameTaken, NameGeneric, NameSettled), WrongCode …
    ├── FileRefused             a price list or another data file with mistakes; carries each with its line
    ├── OrderRefused            a cart that cannot be placed, PricesChanged, an order that is past the step
    ├── PaymentRefused          MovementTaken, OwnPayment, a balance that is too small
    ├── MailRefused             a mail that cannot be sent again
    ├── NotFound                nothing of that name
    ├── ViewUnreadable          a saved view that is damaged, or of a newer program
    └── StoreRefused            the store cannot serve: missing, newer, replaced, busy, full, damaged …

A refusal changes nothing. Its text is the one sentence a person reads, in Spanish (SPEC 3; facts/reliability 3).
"""

from store.errors.accounts import (
    PasswordChangeRequired,
    SessionEnded,
    SignInRefused,
    TooManyAttempts,
    WrongCredentials,
    WrongDoor,
    WrongPassword,
)
from store.errors.base import Mistyped, NotAllowed, NotFound, Refusal
from store.errors.catalogue import FileRefused, LineProblem
from store.errors.espacio import (
    AlreadyHeld,
    ChangeWaits,
    DoesNotFit,
    EspacioRefused,
    FreeNotDue,
    NameGeneric,
    NameRefused,
    NameSettled,
    NameTaken,
    NoChangeWaits,
    NoEspacio,
    OrderWaits,
    WrongCode,
    WrongEspacioCredentials,
)
from store.errors.installation import (
    PepperDifferent,
    PepperMissing,
    SettingsRefused,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreMigrated,
    StoreMissing,
    StoreNewer,
    StoreNotInitialised,
    StoreReadOnly,
    StoreRefused,
    StoreReplaced,
    StoreUnreachable,
)
from store.errors.keys import (
    ConfusingSign,
    EmptyKey,
    KeyAlreadyHere,
    KeyMistyped,
    KeyRefused,
    KeyUnavailable,
    LicenceChanged,
    LicenceNotAccepted,
    LoadRelieved,
    StrangeSign,
    ViewUnreadable,
    WrongCheckSymbol,
    WrongLength,
)
from store.errors.mail import MailRefused
from store.errors.orders import (
    AlreadyPlaced,
    CardNumberTyped,
    CartChanged,
    CartEmpty,
    ConditionsChanged,
    ConditionsNotAccepted,
    MovementAlike,
    MovementTaken,
    OrderRefused,
    OwnPayment,
    OwnRefund,
    PaymentRefused,
    PriceChange,
    PricesChanged,
)

__all__ = [
    "AlreadyHeld",
    "AlreadyPlaced",
    "CardNumberTyped",
    "CartChanged",
    "CartEmpty",
    "ChangeWaits",
    "ConditionsChanged",
    "ConditionsNotAccepted",
    "ConfusingSign",
    "DoesNotFit",
    "EmptyKey",
    "EspacioRefused",
    "FileRefused",
    "FreeNotDue",
    "KeyAlreadyHere",
    "KeyMistyped",
    "KeyRefused",
    "KeyUnavailable",
    "LicenceChanged",
    "LicenceNotAccepted",
    "LineProblem",
    "LoadRelieved",
    "MailRefused",
    "Mistyped",
    "MovementAlike",
    "MovementTaken",
    "NameGeneric",
    "NameRefused",
    "NameSettled",
    "NameTaken",
    "NoChangeWaits",
    "NoEspacio",
    "NotAllowed",
    "NotFound",
    "OrderRefused",
    "OrderWaits",
    "OwnPayment",
    "OwnRefund",
    "PasswordChangeRequired",
    "PaymentRefused",
    "PepperDifferent",
    "PepperMissing",
    "PriceChange",
    "PricesChanged",
    "Refusal",
    "SessionEnded",
    "SettingsRefused",
    "SignInRefused",
    "StoreBusy",
    "StoreDamaged",
    "StoreFull",
    "StoreMigrated",
    "StoreMissing",
    "StoreNewer",
    "StoreNotInitialised",
    "StoreReadOnly",
    "StoreRefused",
    "StoreReplaced",
    "StoreUnreachable",
    "StrangeSign",
    "TooManyAttempts",
    "ViewUnreadable",
    "WrongCheckSymbol",
    "WrongCode",
    "WrongCredentials",
    "WrongDoor",
    "WrongEspacioCredentials",
    "WrongLength",
    "WrongPassword",
]
