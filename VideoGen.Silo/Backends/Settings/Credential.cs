namespace VideoGen.Silo.Backends.Settings;

/// <summary>
/// With what a job was ordered, as plans keep it: the fingerprint of the token and, behind an @, who is billed. Polls go out with
/// exactly that, whatever the settings say by then.
/// </summary>
internal sealed record Credential(string Fingerprint, string? BillTo)
{
    public static Credential Parse(string? text) => text?.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at
        ? new Credential(text[..at], text[(at + 1)..])
        : new Credential(text ?? "", null);

    public override string ToString() => BillTo is null ? Fingerprint : $"{Fingerprint}@{BillTo}";
}
