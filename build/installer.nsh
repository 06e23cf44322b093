; "Open with Familiar" where a folder is clicked with the other button, for this account alone.
!macro customInstall
  WriteRegStr HKCU "Software\Classes\Directory\shell\Familiar" "" "Open with Familiar"
  WriteRegStr HKCU "Software\Classes\Directory\shell\Familiar" "Icon" "$INSTDIR\Familiar.exe"
  WriteRegStr HKCU "Software\Classes\Directory\shell\Familiar\command" "" '"$INSTDIR\Familiar.exe" "%1"'
!macroend
!macro customUnInstall
  DeleteRegKey HKCU "Software\Classes\Directory\shell\Familiar"
!macroend
