namespace VideoGen.Silo.Backends.Settings;

/// <summary>
/// The credential a job was submitted with, as stored in its plan: the fingerprint of the token and, after an @, who is billed.
/// Polls use exactly that, whatever the settings are by then.
/// </summary>
internal sealed record Credential(string Fingerprint, string? BillTo)
{
    public static Credential Parse(string? text) => text?.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at
        ? new Credential(text[..at], text[(at + 1)..])
        : new Credential(text ?? "", null);

    public override string ToString() => BillTo is null ? Fingerprint : $"{Fingerprint}@{BillTo}";
}
