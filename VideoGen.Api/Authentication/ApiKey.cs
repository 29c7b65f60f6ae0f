using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace VideoGen.Api.Authentication;

/// <summary>
/// A stored API key: its owner, expiry and a salted hash of its secret. The secret has 256 random bits, which cannot be guessed
/// or enumerated, so a fast hash protects it as well as the slow hashes that passwords need, and adds no cost to a request.
/// </summary>
internal sealed partial record ApiKey(
    string Id, string Name, string Owner, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, byte[] Salt, byte[] Hash)
{
    private const string Prefix = "vg_";
    private const int SecretBytes = 32;

    private static readonly int SecretLength = Base64Url.GetEncodedLength(SecretBytes);

    /// <summary>Replaces an unknown key, so that looking up an unknown key takes as long as rejecting a known one.</summary>
    public static ApiKey Unknown { get; } = Make("unknown", "unknown", null, DateTimeOffset.UnixEpoch).Key;

    /// <summary>Creates a key and its text, <c>vg_{id}_{secret}</c>. The text is not stored.</summary>
    public static (ApiKey Key, string Text) Make(string name, string owner, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var salt = RandomNumberGenerator.GetBytes(16);
        return (new ApiKey(id, name, owner, now, expiresAt, salt, HashOf(salt, secret)), $"{Prefix}{id}_{secret}");
    }

    /// <summary>Splits the text of a key. For a text of any other form, returns an id and a secret that match no key.</summary>
    public static (string Id, string Secret) Read(string text) => Form().Match(text) is { Success: true } match
        ? (match.Groups["id"].Value, match.Groups["secret"].Value)
        : ("", new string('-', SecretLength));

    /// <summary>Names and owners: 1–64 letters, digits, dots, dashes and underscores. They become part of storage keys.</summary>
    public static bool IsName(string text) => NameForm().IsMatch(text);

    public bool Fits(string secret) => CryptographicOperations.FixedTimeEquals(HashOf(Salt, secret), Hash);

    public bool IsValidAt(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    /// <summary>Whether the key file contains all parts of this key.</summary>
    [JsonIgnore]
    public bool IsWhole => IsName(Id) && IsName(Name) && IsName(Owner)
        && Salt is { Length: >= 16 } && Hash is { Length: SHA256.HashSizeInBytes };

    private static byte[] HashOf(byte[] salt, string secret) => SHA256.HashData([.. salt, .. Encoding.ASCII.GetBytes(secret)]);

    // vg_1f2e3d4c5b6a_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k
    [GeneratedRegex(@"\Avg_(?<id>[0-9a-f]{12})_(?<secret>[A-Za-z0-9_-]{43})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
