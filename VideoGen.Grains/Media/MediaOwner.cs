using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace VideoGen.Grains.Media;

/// <summary>
/// Whose a stored file is: names of owners with an account end in a tag of the owner, those of the public have none. So a name tells
/// by itself who may have it, and nobody has to be asked.
/// </summary>
public static partial class MediaOwner
{
    /// <summary>The owner of everything while there are no accounts.</summary>
    public const string Public = "public";

    /// <summary>What names of this owner's files end in: <c>_0123456789abcdef</c>, or nothing.</summary>
    public static string TagOf(string owner) =>
        owner == Public ? "" : "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)).AsSpan(0, 8));

    /// <summary>Whether a file of this name is this owner's; nobody owns nothing.</summary>
    public static bool Owns(string owner, string name) => owner.Length > 0 && Tag().Match(name).Value == TagOf(owner);

    [GeneratedRegex(@"_[0-9a-f]{16}(?=\.[a-z0-9]+\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
