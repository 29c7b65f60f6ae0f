using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace VideoGen.Grains.Media;

/// <summary>
/// Determines the owner of a stored file. Names of owners with an account end in a tag of the owner; public names have no tag. A
/// name therefore shows by itself who may read the file.
/// </summary>
public static partial class MediaOwner
{
    /// <summary>The owner of everything without accounts.</summary>
    public const string Public = "public";

    /// <summary>The tag at the end of this owner's file names: <c>_0123456789abcdef</c>, or empty.</summary>
    public static string TagOf(string owner) =>
        owner == Public ? "" : "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)).AsSpan(0, 8));

    /// <summary>Whether a file with this name belongs to this owner; an empty owner owns nothing.</summary>
    public static bool Owns(string owner, string name) => owner.Length > 0 && Tag().Match(name).Value == TagOf(owner);

    [GeneratedRegex(@"_[0-9a-f]{16}(?=\.[a-z0-9]+\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
