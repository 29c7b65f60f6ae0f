using System.ComponentModel;

namespace VideoGen.Api.Uploads;

/// <summary>An uploaded character: the address to order films with.</summary>
internal sealed record CharacterResource(string ImageUrl);

/// <summary>The form of an upload.</summary>
internal sealed record CharacterUpload([property: Description("The picture. By default at most 10 MB.")] IFormFile Character);
