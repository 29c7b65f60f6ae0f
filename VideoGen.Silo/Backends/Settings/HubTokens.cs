using System.Security.Cryptography;
using System.Text;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>
/// The tokens of one upstream. They are kept apart from the options, so that nothing that prints options can print them. New
/// submits use the first one that is set. A job is followed with the token it was submitted with, so a rotation that keeps the
/// old token in the second variable loses nothing.
/// </summary>
internal sealed class HubTokens
{
    /// <summary>The variables that Hugging Face's own tools read.</summary>
    public static readonly string[] Common = ["HF_TOKEN", "HUGGING_FACE_TOKEN"];

    private readonly HubToken[] _tokens;

    public HubTokens(IConfiguration configuration, params IEnumerable<string> names) =>
        _tokens = [.. names
            .Select(name => (Name: name, Value: configuration[name]?.Trim()))
            .Where(token => !string.IsNullOrEmpty(token.Value))
            .Select(token => HubToken.Create(token.Name, token.Value!))];

    public HubToken? Current => _tokens.FirstOrDefault();

    public HubToken? Find(string fingerprint) => _tokens.FirstOrDefault(token => token.Fingerprint == fingerprint);
}

/// <summary>A token and the fingerprint by which stored jobs identify it; printing it prints the fingerprint.</summary>
internal sealed class HubToken
{
    private HubToken(string value)
    {
        Value = value;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("videogen/" + value)))[..12];
    }

    public string Value { get; }

    public string Fingerprint { get; }

    /// <summary>Only Hugging Face tokens are sent to the Hub; a gateway's key is for the router.</summary>
    public bool IsFromHub => Value.StartsWith("hf_", StringComparison.Ordinal);

    public static HubToken Create(string name, string value) => value.All(character => character is > ' ' and < '\x7f')
        ? new HubToken(value)
        : throw new StartupException(
            $"{name} is not a valid token: it contains spaces or other invalid characters. "
            + "Set it to the token alone, such as hf_...");

    public override string ToString() => Fingerprint;
}
